"""The three Indonesian clocks, as people name them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from teladan.kernel import clock

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def clock_time(moment: datetime, zone: str) -> str:
    """The clock time of `moment` (aware) in `zone`, such as "14.35 WITA"; with the date when that is not today."""
    local = moment.astimezone(ZoneInfo(zone))
    time = f"{local:%H.%M} {ZONES.get(zone, zone)}"
    if local.date() == clock.today(zone):
        return time
    return _("%(day)s pukul %(time)s") % {"day": date_format(local, "l, j F Y"), "time": time}
