"""Mistakes in pools, agreements, costs and billing: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

BILLING: Final[dict[str, tuple[str, str]]] = {
    # values
    "money": (
        '{value} är inget belopp. Skriv kronor, till exempel 300 eller "41 500,00".',
        '{value} is not an amount. Write kronor, for example 300 or "41 500,00".',
    ),
    "part": (
        '{value} är ingen del av en helhet. Skriv till exempel "60 %", "3/5" eller "0.6".',
        '{value} is not a part of a whole. Write for example "60 %", "3/5" or "0.6".',
    ),
    "month": (
        "{value} är ingen månad. Skriv år-månad, till exempel 2026-10.",
        "{value} is not a month. Write year-month, e.g. 2026-10.",
    ),
    "account": (
        "{value} är inget kontonummer. Skriv fyra till sex siffror, till exempel 5010.",
        "{value} is not an account number. Write four to six digits, e.g. 5010.",
    ),
    "organisation": (
        "{value} är inget organisationsnummer. Skriv det som 556000-0000.",
        "{value} is not an organisation number. Write it like 556000-0000.",
    ),
    "series": (
        "{value} är ingen verifikationsserie. Skriv en till fyra stora bokstäver eller siffror.",
        "{value} is not a voucher series. Write one to four capital letters or digits.",
    ),
    "vat": (
        "{value} är ingen momskod. Skriv högst tio tecken: A–Z, siffror, mellanslag, %,"
        " punkt, komma och bindestreck.",
        "{value} is not a VAT code. Write at most ten characters: A–Z, digits, spaces, %,"
        " points, commas and hyphens.",
    ),
    # between the parts of the file
    "unknown_pool": (
        "{value} är ingen pool här. Lägg till den under pools eller rätta namnet.",
        "{value} is not a pool here. Add it under pools or correct the name.",
    ),
    "room_twice": (
        "{value} står redan på rad {first}. Ett rum räknas en gång i en pool.",
        "{value} stands on line {first} already. A room counts once in a pool.",
    ),
    "agreement_until": (
        "slutar {stop}, men börjar {start}. until är första dagen som avtalet inte längre gäller.",
        "ends {stop} but begins {start}. until is the first day on which it no longer holds.",
    ),
    "agreements_overlap": (
        "{pool} har redan ett avtal den {day} (rad {first}). Avsluta det med until, eller börja"
        " det här senare.",
        "{pool} has an agreement on {day} already (line {first}). End that one with until, or"
        " begin this one later.",
    ),
    "cost_bearer": (
        "{value} saknar bärare: ange antingen pool (delas) eller partner (bär allt).",
        "{value} is borne by nobody: give either pool (shared) or partner (bears all of it).",
    ),
    "cost_bearers": (
        "{value} har både pool och partner. Behåll den ena.",
        "{value} has both pool and partner. Keep one of them.",
    ),
    "cost_when": (
        "{value} har ingen månad: ange antingen month (en enda) eller from (varje månad).",
        "{value} has no month: give either month (only that one) or from (every month).",
    ),
    "cost_whens": (
        "month är en enda månad; from och until hör till en kostnad för flera. Behåll det ena.",
        "month is one month only; from and until belong to a cost of many. Keep one of them.",
    ),
    "cost_until": (
        "slutar {stop}, men börjar {start}. until är första månaden utan kostnaden.",
        "ends {stop} but begins {start}. until is the first month without the cost.",
    ),
    "vat_mixed": (
        "{pool} får två momskoder i {month}: {value} här och {other} på rad {first}. Dela upp"
        " poolen, eller använd samma kod.",
        "{pool} gets two VAT codes in {month}: {value} here and {other} on line {first}. Split"
        " the pool, or use one code.",
    ),
    "no_agreement": (
        "{pool} har kostnader men inget avtal den {day}. Lägg till ett avtal under agreements"
        " som gäller den dagen, eller ändra kostnadens månader.",
        "{pool} has costs but no agreement on {day}. Add one under agreements that holds on that"
        " day, or change the months of the cost.",
    ),
    "partner_differs": (
        "{value} heter {name} här men {other_name} i {other}. Ge partnern samma namn i båda, eller"
        " olika id:n.",
        "{value} is named {name} here but {other_name} in {other}. Give the partner one name in"
        " both, or two ids.",
    ),
}
