"""Reading pack files: YAML that refuses repeated keys, front matter, and lines for faults, worked out on error only."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from teladan.rulebook.faults import Fault, Severity, sentences

M = TypeVar("M", bound=BaseModel)
_FENCE = "---"
_MARK = "\ufeff"


class _Loader(yaml.CSafeLoader):
    """libyaml's safe loader; a key written twice is an error instead of a silent loss."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"kunci {key.value!r} ditulis dua kali", key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)

    def construct_date(self, node: yaml.ScalarNode) -> date:
        """A date; one that no calendar has, such as 2027-02-30, is told with its line."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            message = f"tanggal {node.value} tidak ada"
            raise yaml.constructor.ConstructorError(None, None, message, node.start_mark) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)


@dataclass
class Source:
    """A pack file with the faults found in it so far. `offset` is the line before the YAML's first line."""

    path: Path
    text: str
    faults: list[Fault]
    offset: int = 0

    def fault(self, line: int, message: str, remedy: str, *, warning: bool = False) -> None:
        """Note a fault at `line` of the file."""
        severity = Severity.WARNING if warning else Severity.ERROR
        self.faults.append(Fault(self.path, max(1, line), message, remedy, severity))

    def fault_at(self, loc: tuple[int | str, ...], message: str, remedy: str, *, warning: bool = False) -> None:
        """Note a fault at a place of the YAML, such as `("items", 3, "stem")`."""
        self.fault(self.line_of(loc), message, remedy, warning=warning)

    def line_of(self, loc: tuple[int | str, ...]) -> int:
        """The line of a place; of the nearest known place above it when it does not exist."""
        try:
            node = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            return self.offset + 1
        line = node.start_mark.line if node else 0
        for part in loc:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
                if pair is None:
                    continue  # a name of the schema, not of the file
                line, node = pair[0].start_mark.line, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line
        return self.offset + line + 1


def read_text(path: Path, faults: list[Fault]) -> str | None:
    """The file's text; None (and a fault) when it is missing or not UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
        if text.startswith(_MARK):  # some editors put it in front
            remedy = "Simpan ulang sebagai UTF-8 tanpa BOM."
            faults.append(Fault(path, 1, "Berkas diawali tanda BOM.", remedy, Severity.WARNING))
        return text.removeprefix(_MARK)
    except FileNotFoundError:
        faults.append(Fault(path, 1, "Berkas tidak ditemukan.", "Buat berkas ini, atau hapus rujukan kepadanya."))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(Fault(path, line, "Berkas bukan teks UTF-8.", "Simpan ulang berkas sebagai UTF-8."))
    return None


def read_model(path: Path, model: type[M], faults: list[Fault]) -> tuple[M, Source] | None:
    """The YAML file as `model`, or None after noting every fault."""
    text = read_text(path, faults)
    if text is None:
        return None
    source = Source(path, text, faults)
    found = _validated(source, model)
    return None if found is None else (found, source)


def read_page(path: Path, model: type[M], faults: list[Fault]) -> tuple[M, str, int, Source] | None:
    """A Markdown file with front matter: the model, the body, the line before the body, and the source."""
    text = read_text(path, faults)
    if text is None:
        return None
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if lines[0].rstrip() != _FENCE or end is None:
        faults.append(
            Fault(
                path,
                1,
                "Berkas tidak diawali kepala halaman di antara dua baris '---'.",
                "Tulis '---' pada baris pertama dan sesudah isian kepala.",
            )
        )
        return None
    source = Source(path, "\n".join(lines[1:end]), faults, offset=1)
    found = _validated(source, model)
    if found is None:
        return None
    return found, "\n".join(lines[end + 1 :]).strip("\n") + "\n", _blank_lines(lines, end + 1), source


def _blank_lines(lines: list[str], start: int) -> int:
    """How many lines of the file come before the body's first line with text."""
    while start < len(lines) and not lines[start]:
        start += 1
    return start


def _validated(source: Source, model: type[M]) -> M | None:
    try:
        content = yaml.load(source.text, Loader=_Loader)  # noqa: S506 (a subclass of the safe loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = source.offset + (mark.line if mark else 0) + 1
        source.fault(line, f"YAML tidak dapat dibaca: {_yaml_problem(error)}.", _yaml_remedy(error))
        return None
    except yaml.YAMLError as error:
        source.fault(source.offset + 1, f"YAML tidak dapat dibaca: {error}.", "Hapus tanda yang tidak dikenal.")
        return None
    if not isinstance(content, dict):
        source.fault(source.offset + 1, "Berkas tidak berisi pasangan 'kunci: nilai'.", "Lihat contoh di panduan.")
        return None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for loc, message, remedy in sentences(error):
            source.fault_at(loc, message, remedy)
        return None


_PROBLEMS = (
    (r"mapping values are not allowed", "ada titik dua di dalam teks yang tidak dikutip"),
    (r"found character '\\t'", "ada tab di awal baris"),
    (r"cannot start any token", "ada tab, atau nilai yang diawali tanda seperti @ atau %"),
    (r"could not find expected ':'", "ada baris tanpa titik dua"),
    (r"did not find expected", "indentasi atau tanda kurung tidak berpasangan"),
    (r"found unexpected end of stream", "tanda kutip tidak ditutup"),
    (r"found undefined alias", "tanda * menunjuk sesuatu yang tidak ada"),
)


def _yaml_problem(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem or error)
    return next((words for pattern, words in _PROBLEMS if re.search(pattern, problem)), problem)


def _yaml_remedy(error: yaml.MarkedYAMLError) -> str:
    if "dua kali" in str(error.problem):
        return "Hapus salah satunya, atau beri nama lain."
    if "tanggal" in str(error.problem):
        return "Periksa bulan dan harinya; tulis sebagai TTTT-BB-HH tanpa kutip."
    return "Apit teks dengan tanda kutip dan samakan indentasi dengan butir di atasnya."
