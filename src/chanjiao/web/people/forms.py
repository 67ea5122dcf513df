from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.permissions import OBJECT_NAMES
from chanjiao.core.roles import Role
from chanjiao.organisations.granting import roles_open_to
from chanjiao.organisations.services.invitations import DAYS, MAX_DAYS, Offer
from chanjiao.organisations.services.tokens import MAX_DAYS as TOKEN_DAYS, scopes_open_to
from chanjiao.organisations.user_queries import areas_to_grant, bodies_to_staff


def _date_field(label: Any, **settings: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **settings
    )


class RoleForm(forms.Form):
    """The role to give in one body, out of those this actor may give there."""

    role = forms.ChoiceField(label=_("角色"))
    area = forms.ModelChoiceField(
        label=_("所辖区域"), queryset=None, required=False, help_text=_("只有网格员需要。")
    )
    is_admin = forms.BooleanField(
        label=_("机构管理员"), required=False, help_text=_("可以邀请同事、授予和收回角色。")
    )

    def __init__(self, *args: Any, actor: Actor, organisation: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        roles = roles_open_to(actor, organisation)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        if Role.GRID_OFFICER in roles:
            self.fields["area"].queryset = areas_to_grant()
        else:
            del self.fields["area"]

    def area_id(self) -> int | None:
        area = self.cleaned_data.get("area")
        return area.pk if area else None


class InviteForm(RoleForm):
    email = forms.EmailField(label=_("电子邮箱"), help_text=_("链接发到这个邮箱，只能用一次。"))
    name = forms.CharField(label=_("姓名"), max_length=80, required=False)
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=MAX_DAYS, initial=DAYS)

    def offer(self) -> Offer:
        given = self.cleaned_data
        return Offer(given["role"], is_admin=given["is_admin"], area_id=self.area_id())

    field_order = ["email", "name", "role", "area", "is_admin", "days"]


class GrantForm(RoleForm):
    ends_on = _date_field(_("止日"), required=False, help_text=_("留空为长期。"))


class BodyForm(forms.Form):
    """Which body to staff, for those who look after more than one."""

    organisation = forms.ModelChoiceField(label=_("机构"), queryset=None)

    def __init__(self, *args: Any, actor: Actor, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["organisation"].queryset = bodies_to_staff(actor)


class ChangeGrantForm(forms.Form):
    is_admin = forms.BooleanField(label=_("机构管理员"), required=False)
    ends_on = _date_field(_("止日"), required=False, help_text=_("当天仍有效；留空为长期。"))
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=200)


class AcceptForm(forms.Form):
    """A new account: name and a password that stands up to guessing."""

    name = forms.CharField(label=_("姓名"), max_length=80)
    password1 = forms.CharField(
        label=_("密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符，不用常见密码，不含姓名或邮箱。"), strip=False,
    )  # fmt: skip
    password2 = forms.CharField(
        label=_("再输一次密码"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("两次输入的密码不一样。"))
        if first:
            try:
                validate_password(first)
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        return cleaned


class TokenForm(forms.Form):
    title = forms.CharField(
        label=_("用途"), max_length=80, help_text=_("写明哪个系统用它，例如“学校数据中台”。")
    )
    scope = forms.MultipleChoiceField(
        label=_("可读取"), widget=forms.CheckboxSelectMultiple,
        help_text=_("只读；不会超过您本人可查看的范围。"),
    )  # fmt: skip
    expires_on = _date_field(_("有效至"))

    def __init__(self, *args: Any, actor: Actor, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["scope"].choices = [
            (thing, OBJECT_NAMES[thing]) for thing in scopes_open_to(actor)
        ]
        self.fields["expires_on"].initial = clock.today() + timedelta(days=180)
        self.fields["expires_on"].help_text = _("最长 %(n)s 天。") % {"n": TOKEN_DAYS}
