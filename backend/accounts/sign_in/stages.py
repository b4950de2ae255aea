"""Steps between proving who one is and being signed in."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class MailStage(EmailVerificationStage):
    """Ask for the code of the email; an account that lives by its phone has none to ask for."""

    def handle(self) -> Any:
        """Go on at once where there is no email."""
        if self.login.user is not None and not self.login.user.email:
            return None, True
        return super().handle()
