"""The names of days and months, in the language in use."""

from datetime import date, datetime

from reader.language import N_, _

_MONTH_NAMES = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
_DAY_NAMES = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def day_name(day: date | datetime) -> str:
    """The short name of a date's day of the week."""
    return _(_DAY_NAMES[day.weekday()])


def day_title(day: date | datetime) -> str:
    """A date with its day of the week."""
    return _("{weekday} {date}").format(weekday=day_name(day), date=f"{day:%Y-%m-%d}")


def month_name(day: date) -> str:
    """The short name of a month, without the year."""
    return _(_MONTH_NAMES[day.month - 1])


def month_title(day: date) -> str:
    """A month with its year."""
    return _("{month} {year}").format(month=month_name(day), year=day.year)
