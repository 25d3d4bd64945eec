"""What Python programs call: HTML to a record, without a database."""

from __future__ import annotations

from copydesk.edit import extract_record

URL = "https://courier.example/2026/05/jetee"
PAGE = """<html lang="fr"><head><meta charset="iso-8859-1"><title>La jetée rouvre</title></head><body><article>
<h1>La jetée rouvre</h1>
<p>La jetée du port a rouvert samedi, après onze mois de travaux qui ont coûté quatre millions d'euros à la commune.</p>
<p>Les pêcheurs, privés d'abri tout l'hiver, y ont fêté le retour des premières barques avec une soupe pour chacun.</p>
<p>Les commentaires sont fermés.</p>
</article></body></html>"""


def test_html_as_text_and_as_bytes_gives_the_same_record() -> None:
    from_text = extract_record(PAGE, URL)
    assert from_text == extract_record(PAGE.encode("iso-8859-1"), URL)
    assert from_text["title"] == "La jetée rouvre"


def test_the_record_says_what_was_kept_and_what_taken_off_by_which_rule() -> None:
    found = extract_record(PAGE, URL)
    notice = {"text": "Les commentaires sont fermés.", "label": "comments-notice", "rule": "fr.comments-closed"}
    assert notice["text"] not in str(found["lines"])
    assert str(notice) in str(found["removed"])
