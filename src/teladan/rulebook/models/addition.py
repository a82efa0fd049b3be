"""Front matter of what an agency adds to a course."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from teladan.rulebook.faults import PackError
from teladan.rulebook.models.base import PackModel, Text

PageName = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*$")]


class AdditionFront(PackModel):
    """`agencies/<agency>/courses/<course>/<chapter folder>/<name>.md`"""

    title: Text
    kind: Literal["contoh", "diskusi", "halaman"]
    page: PageName = Field(description="Berkas halaman nasional yang diikuti, tanpa .md")
    minutes: int | None = Field(default=None, ge=1, le=120)

    @model_validator(mode="after")
    def _minutes_are_of_pages(self) -> Self:
        if (self.kind == "halaman") != (self.minutes is not None):
            raise PackError(
                f"Tambahan berjenis {self.kind!r} {'tanpa' if self.minutes is None else 'dengan'} minutes.",
                "Hanya halaman yang punya minutes, dan halaman wajib punya.",
            )
        return self
