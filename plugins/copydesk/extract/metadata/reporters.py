"""Names in scripts without capital letters, where words and customs part them from the rest of a line."""

from __future__ import annotations

import re
from typing import Final

from copydesk.extract.metadata.parts import marked_parts

_FAMILIES: Final = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염추도석"
)
_KOREAN: Final = re.compile(
    rf"(?<![가-힣])((?:[{_FAMILIES}][가-힣]{{2}}[\s·,]{{1,2}}){{0,3}}[가-힣]{{2,4}})\s?"
    r"(?:(?:선임|수습|인턴|(?:[가-힣]{2})?전문)?기자|특파원|논설위원)(?![가-힣])"
)
_HAN: Final = r"[\u4e00-\u9fff]"
_SURNAMES: Final = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭"
    "吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟"
    "龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文洪莊庄游詹施柯翁涂連齐齊严嚴"
)
# Reporters of Chinese papers: "本报记者 王小明 李大华", "記者王小明／台北報導", "新华社北京7月17日电（记者王小明）".
_CHINESE: Final = re.compile(
    rf"(?:記者|记者|撰稿人|評論員|评论员|主笔|通讯员)\s*[:：]?\s*((?:[{_SURNAMES}]{_HAN}{{1,2}}[\s、，,]*){{1,6}}?)"
    rf"(?=\Z|[）)；;]|\s?(?:发自|實習生|实习生|摄影|攝影)|[／/]?\s*{_HAN}{{2,8}}(?:報導|报道|報道|電|电)|"
    rf"{_HAN}{{2,4}}\d{{1,2}}日?[電电])"
)
# Japanese papers: "【ワシントン=鈴木一郎】", "論説委員 渡辺誠".
_JAPANESE: Final = re.compile(
    r"【[^】=＝]{2,12}[=＝]([^】=＝]{2,20})】"
    r"|(?:論説委員|編集委員|解説委員|特派員|専門記者)[\s\u3000]+([\u4e00-\u9fff\u3041-\u3093]{2,6})(?=\Z|[\s\u3000])"
)
_BETWEEN: Final = re.compile(r"[\s、，,·・]+")
_JOINED_AND: Final = re.compile(
    r"(?<=[\u0621-\u064a])\s+و(?!(?:ليد|سام|سيم|ائل|فاء|جدي|جيه|ديع|رد|ردة|هبة|هيب|صفي|حيد|داد|لاء|صال|جدان|سن|قاص|"
    r"ضاح|اصف|الي)\b)(?=[\u0621-\u064a]{2})"
    r"|(?<=[א-ת])\s+ו(?!(?:ו|רד|יקטור|יקי|לדימיר|ילנאי|רדי|ינר|ינברג)\b)(?=[א-ת]{2})"
)


def reporters(line: str) -> list[str]:
    """The reporters whom an East Asian line names as such."""
    if line.isascii():
        return []
    found = [one[1] for part in marked_parts(line) if (one := _CHINESE.search(part))]
    found += [one[1] or one[2] for one in _JAPANESE.finditer(line)]
    return [name for names in (_KOREAN.findall(line) or found) for name in _BETWEEN.split(names) if name]


def at_joined_and(part: str) -> list[str]:
    """Two names at the Arabic or Hebrew "and", which is written together with the second.

    Some names begin with its letter.
    """
    pieces = _JOINED_AND.split(part)
    return pieces if len(pieces) > 1 and all(" " in piece.strip() for piece in pieces) else [part]
