"""Who reads which hours. Practice.md 6.3: the two and the coordinators days and minutes, an organisation totals a month."""

from collections.abc import Collection

from portal.networks.scope import Standing


def may_run(membership: Standing) -> bool:
    """The payroll copy, the report for funders, and the rows behind both."""
    return membership.is_coordinator


def may_read_count(membership: Standing, reader_ids: Collection[int]) -> bool:
    """An organisation's own count: whoever reads the programme's totals for it, and the coordinators."""
    return membership.is_coordinator or membership.person_id in reader_ids
