"""The two ceremonies of WebAuthn, as this portal asks for them: no database and no request in here.

A passkey is discoverable (nobody types an address first) and always asks for a finger, a face or a PIN on the device,
so that a phone left on a desk opens nothing. Where we are reached is taken from the settings, never from the request:
a key made for us signs nothing for a page that only looks like us.
"""

import json
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

MILLISECONDS = 5 * 60 * 1000
LONGEST_ANSWER = 20_000
ALWAYS = UserVerificationRequirement.REQUIRED


class NotProved(Exception):
    """What the device answered proves nothing: the reason is for the log, not for people."""


@dataclass(frozen=True)
class Where:
    """Under which name and address keys are made and asked for."""

    rp_id: str
    origin: str

    @property
    def can_hold_passkeys(self) -> bool:
        """Keys belong to a name. A portal that is reached by a bare number has none that a browser would accept."""
        try:
            ip_address(self.rp_id)
        except ValueError:
            return bool(self.rp_id)
        return False


@dataclass(frozen=True)
class NewKey:
    """What is kept of a key that was made."""

    credential_id: str
    public_key: bytes
    sign_count: int
    transports: list[str]


def where(portal_url: str) -> Where:
    address = urlsplit(portal_url)
    return Where(address.hostname or "", f"{address.scheme}://{address.netloc}")


def to_make(at: Where, challenge: bytes, handle: str, names: tuple[str, str], known: list[str]) -> str:
    """What the browser asks the device to make a key from, as JSON; ``names`` are the address and the name it shows."""
    options = generate_registration_options(
        rp_id=at.rp_id,
        rp_name="Staffroom",
        user_id=base64url_to_bytes(handle),
        user_name=names[0],
        user_display_name=names[1],
        challenge=challenge,
        timeout=MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=ALWAYS
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
    )
    return options_to_json(options)


def to_come_in(at: Where, challenge: bytes) -> str:
    """What the browser asks the device to sign, as JSON: any key of ours will do, the device knows which."""
    options = generate_authentication_options(
        rp_id=at.rp_id, challenge=challenge, timeout=MILLISECONDS, user_verification=ALWAYS
    )
    return options_to_json(options)


def read_answer(typed: str) -> dict[str, Any]:
    """The device's answer as the page sent it. Raises NotProved for anything else."""
    try:
        answer = json.loads(typed) if len(typed) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError) as error:
        raise NotProved("not JSON") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
        raise NotProved("not an answer of a device")
    return answer


def handle_in(answer: dict[str, Any]) -> str:
    """Whose key it is, as the device says."""
    response = answer.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    return handle if isinstance(handle, str) else ""


def check_made(at: Where, challenge: bytes, answer: dict[str, Any]) -> NewKey:
    """The new key. Raises NotProved."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=at.rp_id,
            expected_origin=at.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotProved(type(error).__name__) from error
    listed = answer["response"].get("transports") or []
    transports = [str(one)[:20] for one in listed][:8] if isinstance(listed, list) else []
    credential_id = bytes_to_base64url(made.credential_id)
    return NewKey(credential_id, made.credential_public_key, made.sign_count, transports)


def check_signed(at: Where, challenge: bytes, answer: dict[str, Any], public_key: bytes, sign_count: int) -> int:
    """The key's new count. Raises NotProved: for another page, without a finger, or for a count that went back."""
    try:
        signed = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=at.rp_id,
            expected_origin=at.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotProved(type(error).__name__) from error
    return signed.new_sign_count
