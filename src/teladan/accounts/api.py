"""The door of accounts. `by=None` in a verb is the installation itself (command line, demo), never a visitor."""

from teladan.accounts.data import (
    AccountCard,
    ActivationSlip,
    AgencyCard,
    DemoCard,
    GrantCard,
    Limit,
    NewAccount,
    Page,
    PasskeyCard,
    SessionCard,
    ShareCard,
    SsoCard,
    Ways,
)
from teladan.accounts.domain.account import (
    create_account,
    create_accounts,
    deactivate_account,
    reactivate_account,
    sign_out_everywhere,
    update_account,
)
from teladan.accounts.domain.activation import activate, issue_activation, issue_activations, reset_access
from teladan.accounts.domain.agency import create_agency
from teladan.accounts.domain.bulk import close_accounts, rename_login, reopen_accounts, rewrite_accounts
from teladan.accounts.domain.demo import demo_accounts, demo_sign_in, guide_demo, is_demo_allowed
from teladan.accounts.domain.grant import grant_role, revoke_grant
from teladan.accounts.domain.passkey import remove_passkey, rename_passkey
from teladan.accounts.domain.second_factor import remove_second_factor
from teladan.accounts.domain.session import end_other_sessions, end_session
from teladan.accounts.domain.share import end_share, give_share
from teladan.accounts.domain.sign_in import passkey_limits
from teladan.accounts.domain.sso import begin_sso, finish_sso, sso_providers
from teladan.accounts.domain.throttle import count_attempt, forgive_attempt, throttle
from teladan.accounts.enums import ResetReason
from teladan.accounts.queries.account import (
    account_by_login,
    account_card,
    account_cards,
    accounts_visible_to,
    accounts_with_role,
    actor_for,
    agencies,
    agency_by_slug,
    agency_card,
    agency_of,
    grant_card,
    grants_on,
    grants_visible_to,
)
from teladan.accounts.queries.login import LoginUse, emails_in_use, logins_in_use
from teladan.accounts.queries.session import sessions_of
from teladan.accounts.queries.share import shared_fields, shares_given_visible_to, shares_received_by
from teladan.accounts.queries.ways import passkeys_of, ways_of
from teladan.accounts.row import Row
from teladan.accounts.rows import insert_rows
from teladan.accounts.scope import agency_scope
from teladan.accounts.zones import ZONES, clock_time

__all__ = [
    "ZONES",
    "AccountCard",
    "ActivationSlip",
    "AgencyCard",
    "DemoCard",
    "GrantCard",
    "Limit",
    "LoginUse",
    "NewAccount",
    "Page",
    "PasskeyCard",
    "ResetReason",
    "Row",
    "SessionCard",
    "ShareCard",
    "SsoCard",
    "Ways",
    "account_by_login",
    "account_card",
    "account_cards",
    "accounts_visible_to",
    "accounts_with_role",
    "activate",
    "actor_for",
    "agencies",
    "agency_by_slug",
    "agency_card",
    "agency_of",
    "agency_scope",
    "begin_sso",
    "clock_time",
    "close_accounts",
    "count_attempt",
    "create_account",
    "create_accounts",
    "create_agency",
    "deactivate_account",
    "demo_accounts",
    "demo_sign_in",
    "emails_in_use",
    "end_other_sessions",
    "end_session",
    "end_share",
    "finish_sso",
    "forgive_attempt",
    "give_share",
    "grant_card",
    "grant_role",
    "grants_on",
    "grants_visible_to",
    "guide_demo",
    "insert_rows",
    "is_demo_allowed",
    "issue_activation",
    "issue_activations",
    "logins_in_use",
    "passkey_limits",
    "passkeys_of",
    "reactivate_account",
    "remove_passkey",
    "remove_second_factor",
    "rename_login",
    "rename_passkey",
    "reopen_accounts",
    "reset_access",
    "revoke_grant",
    "rewrite_accounts",
    "sessions_of",
    "shared_fields",
    "shares_given_visible_to",
    "shares_received_by",
    "sign_out_everywhere",
    "sso_providers",
    "throttle",
    "update_account",
    "ways_of",
]
