"""How much of a text is made of the characters that Chinese uses most.

In any Chinese text of some length they are half of all and more; bytes read in a wrong
encoding give characters strewn over all of Unicode, of which hardly one in ten is among them.
"""

import re

_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知"
    "全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门"
    "任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务做接必"
    "场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王完设式色路记南品住告类"
    "求据程北边张该交规万取拉格望术领共确传师观清今切院让识候带导争运笔九八六七百千亿元米省县城村镇会议网络企项目续降增涨率价股"
)
_TRADITIONAL = (
    "這個們來為國說時會對於著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話內給門兒東聲員論處義幾"
    "認條氣題別變總電數報結務場計資許統區隊決馬書則聽卻達強難權設記類據邊張該規萬術領確傳師觀讓識帶導爭運億縣鎮網絡項續漲價灣臺港"
)
_FREQUENT = frozenset(_SIMPLIFIED + _TRADITIONAL)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LOOKED_AT = 500


def frequent_share(text: str) -> tuple[float, int]:
    """Of the first Han characters of a text: the share of frequent ones, and how many were looked at."""
    sample: list[str] = []
    size = 0
    for run in _HAN.finditer(text):
        sample.append(run[0])
        size += len(run[0])
        if size >= _LOOKED_AT:
            break
    han = "".join(sample)[:_LOOKED_AT]
    return (sum(map(_FREQUENT.__contains__, han)) / len(han), len(han)) if han else (0.0, 0)
