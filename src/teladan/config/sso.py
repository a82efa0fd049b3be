"""The file that `TELADAN_SSO` names: outside providers, one table for each agency. A fault stops the start."""

import os
from pathlib import Path

from teladan.accounts.oidc import Provider, read_providers
from teladan.config.environment import BadSetting


def sso_providers(path: str) -> dict[str, Provider]:
    """The providers by the agency's short name; none without a path."""
    if not path:
        return {}
    try:
        return read_providers(Path(path).read_text(encoding="utf-8"), os.environ)
    except (OSError, ValueError) as error:
        raise BadSetting(f"TELADAN_SSO ({path}): {error}") from None
