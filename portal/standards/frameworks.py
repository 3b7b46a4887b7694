"""Frameworks that files in the wild belong to: what they are called, how they are recognised, whose words they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.standards.codes import fold_code


@dataclass(frozen=True)
class Known:
    """A framework we can recognise: by a heading that only its files have, or by a part of the file's name."""

    code: str
    name: str
    attribution: str
    also: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    in_file_names: tuple[str, ...] = ()


KNOWN = (
    Known(
        "NGSS",
        "Next Generation Science Standards",
        "© 2013 NGSS Lead States. NGSS is a registered trademark of WestEd, which neither made nor endorses "
        "this portal. Element codes by Ted Willard.",
        headings=("element_code", "performance_expectation", "PEcode"),
        in_file_names=("ngss",),
    ),
    Known(
        "CCSS.Math",
        "Common Core State Standards for Mathematics",
        "© 2010 National Governors Association Center for Best Practices and Council of Chief State School Officers.",
        also=("CCSS", "CCSSM", "Common Core"),
        headings=("code2", "orig_dim"),
        in_file_names=("ccmath", "commoncore"),
    ),
    Known(
        "CSTA",
        "CSTA K–12 Computer Science Standards",
        "© Computer Science Teachers Association.",
        in_file_names=("csta",),
    ),
    Known("K12CS", "K–12 Computer Science Framework", "© K–12 Computer Science Framework.", in_file_names=("k12cs",)),
    Known(
        "OR",
        "Oregon Mathematics Standards",
        "© Oregon Department of Education.",
        also=("Oregon",),
        in_file_names=("ordictionary", "oregon"),
    ),
    Known(
        "NC-England",
        "National Curriculum for England",
        "Contains public sector information licensed under the Open Government Licence v3.0. © Crown copyright.",
        also=("England", "National Curriculum"),
        headings=("broader", "content_refs"),
        in_file_names=("nationalcurriculum", "england"),
    ),
)


def known(name: str) -> Known | None:
    """The framework of that code or name, in any spelling."""
    folded = fold_code(name)
    for one in KNOWN:
        if folded in {fold_code(spelling) for spelling in (one.code, one.name, *one.also)}:
            return one
    return None


def recognise(headings: Iterable[str], file_name: str = "") -> Known | None:
    """The framework that a file belongs to, by its headings, else by its name."""
    folded = {fold_code(heading) for heading in headings}
    name = fold_code(file_name.rpartition("/")[2].rpartition(".")[0])
    by_heading = (one for one in KNOWN if folded & {fold_code(heading) for heading in one.headings})
    by_name = (one for one in KNOWN if any(part in name for part in one.in_file_names))
    return next(by_heading, None) or next(by_name, None)
