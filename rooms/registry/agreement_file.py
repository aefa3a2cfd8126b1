"""A file with agreements to try out: ``agreements:`` as in rooms.yaml, and nothing else."""

from __future__ import annotations

from pydantic import Field

from rooms.registry.billing import Agreement
from rooms.registry.checking import ids_twice
from rooms.registry.checks_billing import check_agreements
from rooms.registry.document import Document
from rooms.registry.fields import Model
from rooms.registry.mistakes import Mistake
from rooms.registry.parse import parse_yaml
from rooms.registry.registry import Registry


class AgreementFile(Model):
    agreements: tuple[Agreement, ...] = Field(min_length=1)


def parse_agreements(text: str, file: str, registry: Registry) -> tuple[Agreement, ...]:
    """Raises ``RegistryError``, also for pools and partners that the registry does not know."""
    sites = registry.sites.values()
    pools = sorted({pool.id for site in sites for pool in site.pools})
    partners = sorted({partner.id for site in sites for partner in site.partners})

    def check(document: Document) -> list[Mistake]:
        twice = ids_twice(document, "agreements")
        return [*twice, *check_agreements(document, pools, partners)]

    return parse_yaml(text, file, AgreementFile, check).value.agreements
