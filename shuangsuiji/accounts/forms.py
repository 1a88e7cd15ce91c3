"""Forms of the account pages."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm as DjangoPasswordChangeForm
from django.core.validators import MaxLengthValidator

from shuangsuiji.accounts.models import Department, Role, User


class SignInForm(AuthenticationForm):
    """登录名 and 密码."""

    error_messages = {
        "invalid_login": "登录名或密码不正确。连续输错会暂时锁定账号，忘记密码请联系系统管理员。",
        "inactive": "这个账号已停用，请联系系统管理员。",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "登录名"
        # The stock form only tells the browser how long a name may be.
        longest = User._meta.get_field("username").max_length
        self.fields["username"].validators.append(MaxLengthValidator(longest))
        self.fields["username"].error_messages["max_length"] = self.error_messages["invalid_login"]
        self.fields["password"].label = "密码"


class PasswordChangeForm(DjangoPasswordChangeForm):
    """Old password, and the new one twice."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "原密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password2"].label = "再输一次新密码"
        self.fields["new_password1"].help_text = "至少 10 个字符，不能全是数字，不能与登录名相近。"


class AccountForm(forms.Form):
    """Whose account it is."""

    name = forms.CharField(label="姓名", max_length=40)
    email = forms.EmailField(label="电子邮箱", required=False)
    department = forms.ModelChoiceField(Department.objects.all(), label="部门", required=False, empty_label="（无）")
    is_active = forms.BooleanField(label="启用", required=False, initial=True)


class NewAccountForm(AccountForm):
    """A new account with its first password."""

    username = forms.RegexField(
        r"^[A-Za-z0-9_.-]{3,40}$",
        label="登录名",
        error_messages={"invalid": "登录名须为 3–40 个字母、数字或 _ . -，例如 zhangshili。"},
    )
    password = forms.CharField(label="初始密码", strip=False, widget=forms.PasswordInput(render_value=True))

    field_order = ["username", "name", "email", "department", "password"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_active"]


class PasswordResetForm(forms.Form):
    """A first password again."""

    password = forms.CharField(label="新的初始密码", strip=False, widget=forms.PasswordInput)


class RolesForm(forms.Form):
    """The roles of one account."""

    roles = forms.MultipleChoiceField(
        label="角色", choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
