"""All addresses: one folder of the web per audience."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("teladan.web.base.urls")),
    path("", include("teladan.web.public.urls")),
    path("", include("teladan.web.account.urls")),
    path("", include("teladan.web.employee.urls")),
    path("", include("teladan.web.trainer.urls")),
    path("", include("teladan.web.classroom.urls")),
    path("", include("teladan.web.operator.urls")),
]

handler400 = "teladan.web.base.errors.bad_request"
handler403 = "teladan.web.base.errors.forbidden"
handler404 = "teladan.web.base.errors.not_found"
handler500 = "teladan.web.base.errors.server_error"
