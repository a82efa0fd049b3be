"""What all models of pack files share: strict types, no unknown fields, non-empty texts, references."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from teladan.rulebook import refs
from teladan.rulebook.faults import PackError


class PackModel(BaseModel):
    """Base of all models: nothing is coerced and nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _reference(ref: str) -> str:
    if refs.parse(ref) is None:
        raise PackError(
            f"Rujukan {ref!r} tidak tertulis dengan benar.",
            "Tulis kunci peraturan, tanda #, lalu pasal dan bagiannya, misalnya uu-2009-25#34/a.",
        )
    return ref


def _basis(ref: str) -> str:
    return ref if ref == refs.POLICY else _reference(ref)


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Reference = Annotated[str, AfterValidator(_reference)]
Basis = Annotated[str, AfterValidator(_basis)]
