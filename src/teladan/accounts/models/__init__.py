"""The tables of accounts."""

from teladan.accounts.models.account import Account, ActivationCode
from teladan.accounts.models.agency import Agency
from teladan.accounts.models.grant import Grant
from teladan.accounts.models.session import Session
from teladan.accounts.models.share import Share
from teladan.accounts.models.sso import SsoLink
from teladan.accounts.models.throttle import Throttle

__all__ = ["Account", "ActivationCode", "Agency", "Grant", "Session", "Share", "SsoLink", "Throttle"]
