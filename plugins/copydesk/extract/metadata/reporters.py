"""Names in scripts without capital letters, where words and customs part them from the rest of a line."""

from __future__ import annotations

import re
from typing import Final

from copydesk.extract.metadata.parts import marked_parts

_KOREAN: Final = re.compile(r"(?<![가-힣])([가-힣]{2,4})\s?(?:(?:선임|수습|인턴|전문)?기자|특파원|논설위원)(?![가-힣])")
_HAN: Final = r"[\u4e00-\u9fff]"
_SURNAMES: Final = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭"
    "吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟"
    "龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文洪莊庄游詹施柯翁涂連齐齊严嚴"
)
# Reporters of Chinese papers: "本报记者 王小明 李大华", "記者王小明／台北報導".
_CHINESE: Final = re.compile(
    rf"{_HAN}{{0,6}}(?:記者|记者)\s*[:：]?\s*((?:[{_SURNAMES}]{_HAN}{{1,3}}[\s、，,]*){{1,6}}?)"
    rf"(?:[／/]\s*{_HAN}{{2,8}}(?:報導|报道|電|电))?\Z"
)
_JOINED_AND: Final = re.compile(
    r"(?<=[\u0621-\u064a])\s+و(?!(?:ليد|سام|سيم|ائل|فاء|جدي|جيه|ديع|رد|ردة|هبة|هيب|صفي|حيد|داد|لاء|صال|جدان|سن|قاص|"
    r"ضاح|اصف|الي)\b)(?=[\u0621-\u064a]{2})"
    r"|(?<=[א-ת])\s+ו(?!(?:ו|רד|יקטור|יקי|לדימיר|ילנאי|רדי|ינר|ינברג)\b)(?=[א-ת]{2})"
)


def reporters(line: str) -> list[str]:
    """The reporters whom an East Asian line names as such."""
    if line.isascii():
        return []
    found = (_CHINESE.match(part) for part in marked_parts(line))
    return _KOREAN.findall(line) or [name for one in found if one for name in re.split(r"[\s、，,]+", one[1]) if name]


def at_joined_and(part: str) -> list[str]:
    """Two names at the Arabic or Hebrew "and", which is written together with the second.

    Some names begin with its letter.
    """
    pieces = _JOINED_AND.split(part)
    return pieces if len(pieces) > 1 and all(" " in piece.strip() for piece in pieces) else [part]
