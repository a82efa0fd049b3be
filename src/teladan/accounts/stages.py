"""What stands between a right password and the inside."""

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled


class SecondStep(AuthenticateStage):  # type: ignore[misc]  # allauth is untyped
    """Asks for a code where an authenticator app is tied to the account. Somebody who merely owns a passkey still comes
    in with the password on a device that does not have it."""

    def _should_handle(self, request: object) -> bool:
        has_codes = self.login.user is not None and is_mfa_enabled(self.login.user, [Authenticator.Type.TOTP])
        return has_codes and super()._should_handle(request)
