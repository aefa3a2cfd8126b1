"""From text to a checked site, or all its mistakes at once with file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from rooms.registry.checks import check_site
from rooms.registry.document import Document, Path, read_document
from rooms.registry.mistakes import Mistake, RegistryError, shown
from rooms.registry.models import Site
from rooms.registry.registry import Registry
from rooms.registry.translate import mistakes_of

M = TypeVar("M", bound=BaseModel)

Check = Callable[[Document], list[Mistake]]


class Parsed(NamedTuple, Generic[M]):
    """What a file says, and where it says it."""

    value: M
    document: Document


def parse_yaml(text: str, file: str, model: type[M], check: Check = lambda _: []) -> Parsed[M]:
    """Read ``text`` as ``model``; ``check`` looks for mistakes between its parts.

    ``file`` is the name to show. Raises ``RegistryError``.
    """
    document = read_document(text, file)
    if not isinstance(document.data, dict):
        raise RegistryError([document.mistake((), "mapping_needed")])
    mistakes = check(document)
    try:
        value = model.model_validate(document.data)
    except ValidationError as error:
        mistakes = mistakes_of(error, document, model) + mistakes
    else:
        if not mistakes:
            return Parsed(value, document)
    raise RegistryError(_one_per_place(mistakes))


def _one_per_place(mistakes: list[Mistake]) -> list[Mistake]:
    """The models' mistake before a check's about the same field."""
    first: dict[tuple[int, int, str], Mistake] = {}
    for mistake in mistakes:
        first.setdefault((mistake.line, mistake.column, mistake.field), mistake)
    return list(first.values())


def parse_site(text: str, file: str) -> Site:
    """One rooms.yaml. Raises ``RegistryError``."""
    return parse_site_file(text, file).value


def parse_site_file(text: str, file: str) -> Parsed[Site]:
    """Like ``parse_site``, with the lines that ``build_registry`` shows."""
    return parse_yaml(text, file, Site, check_site)


def build_registry(sites: Sequence[Site], documents: Sequence[Document] = ()) -> Registry:
    """One registry over all sites of a folder, whose ids must differ; a partner of several
    sites has one id and one name.

    ``documents`` (one per site, in order) give the lines of mistakes; without
    them a site's id stands for its file. Raises ``RegistryError``.
    """
    documents = documents or [Document(site.id) for site in sites]
    owners: dict[tuple[str, str], Document] = {}
    names: dict[str, tuple[str, Document]] = {}
    mistakes: list[Mistake] = []
    for site, document in zip(sites, documents, strict=True):
        ids: list[tuple[str, str, Path]] = [("", site.id, ("id",))]
        for section in ("sources", "rooms", "devices", "pools", "agreements", "costs"):
            for i, entry in enumerate(getattr(site, section)):
                ids.append((section, entry.id, (section, i, "id")))
        for section, id_, path in ids:
            other = owners.setdefault((section, id_), document)
            if other is not document:
                key, value = "id_elsewhere", shown(id_)
                mistakes.append(document.mistake(path, key, value=value, other=other.file))
        for i, partner in enumerate(site.partners):
            name, other = names.setdefault(partner.id, (partner.name, document))
            if name != partner.name:
                values: dict[str, Any] = {"value": shown(partner.id), "other": other.file}
                values |= {"name": shown(partner.name), "other_name": shown(name)}
                path = ("partners", i, "name")
                mistakes.append(document.mistake(path, "partner_differs", **values))
    if mistakes:
        raise RegistryError(mistakes)
    return Registry(sites)
