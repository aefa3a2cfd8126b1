"""Mistakes in a file as a whole and in its YAML: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

FILES: Final[dict[str, tuple[str, str]]] = {
    # how a line goes on
    "did_you_mean": ("Menade du {suggestion}?", "Did you mean {suggestion}?"),
    "more": ("… och {count} fel till.", "… and {count} more mistakes."),
    "other": ("{message}", "{message}"),
    # the file as a whole
    "file_missing": (
        "filen finns inte. Skapa den (börja från examples/lycksele/) eller rätta sökvägen i"
        " {variable}.",
        "there is no such file. Create it (start from examples/lycksele/) or correct {variable}.",
    ),
    "folder_empty": (
        "mappen innehåller inga .yaml-filer. Lägg en fil per anläggning i den.",
        "the folder holds no .yaml files. Put one file per site into it.",
    ),
    "unreadable": (
        "filen kan inte läsas ({message}). Kontrollera dess rättigheter.",
        "the file cannot be read ({message}). Check its permissions.",
    ),
    "not_utf8": (
        "raden är inte UTF-8. Spara filen som UTF-8 i din redigerare.",
        "this line is not UTF-8. Save the file as UTF-8 in your editor.",
    ),
    "too_large": (
        "filen är större än {limit}. Dela upp den i en fil per anläggning.",
        "the file is larger than {limit}. Split it into one file per site.",
    ),
    "empty": (
        "filen är tom. Börja från exemplet i examples/lycksele/.",
        "the file is empty. Start from the example in examples/lycksele/.",
    ),
    "too_deep": (
        "innehållet är nästlat för djupt. Kontrollera parenteser och ankare (&, *).",
        "this is nested too deeply. Check brackets and anchors (&, *).",
    ),
    "too_many": (
        "innehållet växer till orimlig storlek genom ankare (&, *). Skriv ut det i stället.",
        "this grows beyond reason through anchors (&, *). Write it out instead.",
    ),
    # YAML
    "yaml_tab": (
        "raden har ett tabbtecken. Använd mellanslag i stället.",
        "this line has a tab character. Use spaces instead.",
    ),
    "yaml_colon": (
        "ett kolon står där inget väntas. Sätt text med kolon inom citattecken, och"
        " kontrollera indraget.",
        "a colon stands where none may. Put text with a colon in quotes, and check the"
        " indentation.",
    ),
    "yaml_no_colon": (
        "raden saknar kolon efter namnet. Skriv namn: värde.",
        "this line lacks a colon after its name. Write name: value.",
    ),
    "yaml_alias": (
        "aliaset (*) syftar på ett ankare (&) som inte finns ovanför. Sätt text som börjar"
        " med * inom citattecken.",
        "this alias (*) names no anchor (&) above it. Put text that begins with * in quotes.",
    ),
    "yaml_quote": (
        "citattecknet som öppnas här stängs inte rätt.",
        "the quotation mark that opens here is not closed properly.",
    ),
    "yaml_bracket": (
        "parentesen som öppnas här stängs inte rätt. Kontrollera kommatecken samt ] eller }}.",
        "the bracket that opens here is not closed properly. Check commas and the closing ] or }}.",
    ),
    "yaml_indent": (
        "raden passar inte ihop med raderna ovanför. Kontrollera att indraget är lika långt"
        " och att listor börjar med -.",
        "this line does not fit the lines above. Indent them alike, and begin list items with -.",
    ),
    "yaml_documents": (
        "filen innehåller flera dokument (---). Lägg varje anläggning i en egen fil.",
        "the file holds several documents (---). Put each site into a file of its own.",
    ),
    "yaml_character": (
        "värdet börjar med ett tecken som har en särskild betydelse. Sätt värdet inom citattecken.",
        "this value begins with a character that has a special meaning. Put the value in quotes.",
    ),
    "yaml_other": (
        "raden är inte giltig YAML ({problem}). Jämför med exemplet i examples/lycksele/.",
        "this line is not valid YAML ({problem}). Compare with the example in examples/lycksele/.",
    ),
    "control": (
        "texten innehåller ett osynligt styrtecken. Skriv om den.",
        "this text holds an invisible control character. Type it anew.",
    ),
    "tag": (
        "taggen {tag} används inte här. Ta bort den.",
        "the tag {tag} is not used here. Remove it.",
    ),
    "merge": (
        "<< behöver ett alias för en post (*namn).",
        "<< needs an alias of a mapping (*name).",
    ),
    "key_not_text": ("ett namn före kolon måste vara text.", "a name before a colon must be text."),
    "key_twice": (
        "{name} står redan på rad {first}. Ta bort den ena eller slå ihop dem.",
        "{name} stands on line {first} already. Remove one or join them.",
    ),
}
