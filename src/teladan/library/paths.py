"""Addresses that the library hands to the search; a test checks that the web serves each."""

LIST = "/hukum/"
GLOSSARY = "/glosarium/"


def law(key: str) -> str:
    return f"/hukum/{key}/"


def article(key: str, anchor: str) -> str:
    return f"/hukum/{key}/?pasal={anchor.removeprefix('pasal-')}#{anchor}"


def text(key: str, anchor: str) -> str:
    return f"/hukum/{key}/naskah/baca/#{anchor}"


def term(code_name: str) -> str:
    return f"/glosarium/#{code_name}"
