"""Published iCalendar feeds, one per room: fetched and read in a killable process of their own.

Names and subjects stay inside that process: what leaves it is hashed ids, times and partners.
"""
