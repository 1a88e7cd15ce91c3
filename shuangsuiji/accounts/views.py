"""Signing in and out, one's own password, and the administrators' account pages."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shuangsuiji.accounts import services
from shuangsuiji.accounts.access import desk_page, public_page
from shuangsuiji.accounts.forms import (
    AccountForm,
    NewAccountForm,
    PasswordChangeForm,
    PasswordResetForm,
    RolesForm,
    SignInForm,
)
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.lib.errors import Refusal

_login = LoginView.as_view(
    template_name="accounts/login.html", authentication_form=SignInForm, redirect_authenticated_user=True
)


@public_page
@never_cache
def login(request):
    """The way to the desk."""
    return _login(request)


@desk_page()
@require_POST
def sign_out(request):
    """Leave the desk."""
    logout(request)
    return redirect("login")


def _refused(form, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


@desk_page()
def password_change(request):
    """One's own password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(request.user, password=form.cleaned_data["new_password1"])
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, "密码已修改。")
            return redirect("desk_home")
    return render(request, "accounts/password.html", {"form": form})


@desk_page(Role.SYSADMIN, Role.SECADMIN, Role.AUDITADMIN)
def account_list(request):
    """All accounts with their roles."""
    accounts = User.objects.select_related("department").prefetch_related("roles")
    return render(request, "accounts/list.html", {"accounts": accounts})


@desk_page(Role.SYSADMIN)
def account_create(request):
    """A new account."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.create_account(**form.cleaned_data, by=request.user)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, f"已建立账号“{user.username}”，请由安全管理员分配角色。")
            return redirect("account_list")
    return render(request, "accounts/form.html", {"form": form, "heading": "新建账号"})


@desk_page(Role.SYSADMIN)
def account_edit(request, pk):
    """An account's person."""
    account = get_object_or_404(User, pk=pk)
    initial = {name: getattr(account, name) for name in ("name", "email", "department", "is_active")}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_account(account, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, f"已保存账号“{account.username}”。")
            return redirect("account_list")
    return render(request, "accounts/form.html", {"form": form, "heading": f"账号 {account.username}"})


@desk_page(Role.SYSADMIN)
def account_password(request, pk):
    """A first password again."""
    account = get_object_or_404(User, pk=pk)
    form = PasswordResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reset_password(account, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, f"已重置“{account.username}”的密码并解除锁定，本人登录后须修改。")
            return redirect("account_list")
    return render(request, "accounts/form.html", {"form": form, "heading": f"重置 {account.username} 的密码"})


@desk_page(Role.SECADMIN)
def account_roles(request, pk):
    """An account's roles."""
    account = get_object_or_404(User, pk=pk)
    form = RolesForm(request.POST or None, initial={"roles": list(account.role_codes)})
    if request.method == "POST" and form.is_valid():
        try:
            services.assign_roles(account, roles=form.cleaned_data["roles"], by=request.user)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, f"已更新“{account.username}”的角色。")
            return redirect("account_list")
    return render(request, "accounts/form.html", {"form": form, "heading": f"{account.username} 的角色"})
