"""Addresses of the app."""

from django.urls import path

from gongkai.office.desk.views.help import contents, help_page
from gongkai.office.desk.views.home import home
from gongkai.office.desk.views.mail import mail, send_again

app_name = "desk"
urlpatterns = [
    path("", home, name="home"),
    path("help/", contents, name="help"),
    path("help/<slug:slug>/", help_page, name="help_page"),
    path("mail/", mail, name="mail"),
    path("mail/<int:pk>/again/", send_again, name="send_again"),
]
