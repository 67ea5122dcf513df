from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: accounts begin with an invitation of an organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
