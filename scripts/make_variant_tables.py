"""Makes analysis/regional_table.txt and analysis/character_table.txt in src/wxsearch; run by hand.

    pip install opencc==1.4.2 && PYTHONPATH=src python3 scripts/make_variant_tables.py

Facts are from OpenCC's dictionaries; which of them are kept is decided here, one by one. A
pair is kept where both words name the same thing to every reader: no word of one region
that is an everyday word for something else in another (文件 is 檔案 in Taiwan, and 文件 there
is 文档 here), and no verbs and adjectives, which a fixed pair seldom fits.
"""

import subprocess
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import opencc

from wxsearch.analysis.fold import fold

ANALYSIS = Path(__file__).parents[1] / "src" / "wxsearch" / "analysis"
WHEEL = Path(opencc.__file__).parent / "clib"


def words_in(text: str) -> list[str]:
    """The words between white space."""
    return text.split()


REGIONAL = ("TWPhrases", "HKPhrases")
# By the word of the mainland.
NOT_THE_SAME = frozenset(
    words_in(
        """
        万象 主板 串行 交互 交互式 仿真 优先级 优化 代码 传感 低级 便携式 保存 信道 免提 全局 兼容 内核
        内置 内联函数 凉菜 凯奇 分区 分布式 创建 刷新 剪切 加载 卸载 参数 参数表 发布 发送 变量 句柄 呼出
        回调 图像 图库 在线 堆栈 塞拉利昂 壁纸 声明 复印 外置 多任务 多态 大众公司 存储 存盘 宏内核 实例
        实时 审核 对象 导入 导出 局部 屏蔽 嵌套 布尔 循环 性能 截取 扩展 批量 抛出 拷贝 持久性 挂断 指针
        接口 插件 搜索 支持 数字 数据 数组 文件 文档 打开 映射 智能 查找 查看 枚举 模拟 注销 登录 消息
        添加 温纳图万 溢出 滚动条 演示文稿 激活 点击 用户 盘片 短信 硬件抽象层 社区 禁用 程序 窗口 算子
        类型 粘贴 组件 绑定 缺省 默认 默认值 缩进 联系 联系历史 脚本 脱机 花屏 范式 菜单 蓝屏 血红蛋白
        视图 触摸 设备 设置 访问 调制 调度 调用 调试 调试器 运行 进程 远程 连接 链接 通信 图标 数据源
        数据报 杀毒 权限 诺兰 刻录 字体 异步 韦伯恩 奥尔夫 采样 通讯卡 重装 重载 镜像 集成 集群 项目 高端
        高级 丁丁当 丁丁当当 丁当 拉洛 拉莫 萨蒂 福雷 欧拉 赖希 古尔德 格拉斯 呼叫转移 总线 实模式 逻辑门
        截屏 自动转屏 免打扰 重命名 移动通信 仙童半导体 b超
        """
    )
)
NOT_THE_SAME_PAIRS = {("视频", "影片"), ("以太网路由器", "乙太网路由器")}

CHARACTERS = ("TSPhrases", "STPhrases")
# In today's simplified writing; each comes as OpenCC writes it in traditional.
CHOSEN = frozenset(
    words_in(
        """
        干净 干燥 干旱 干杯 干洗 干枯 干涸 干渴 干湿 干裂 干脆 干货 干果 干粮 干粉 干花 干草 干菜 干酪
        干红 干白 干股 干电池 干眼 干冰 干爹 干妈 干儿子 干女儿 干爸 干娘 干咳 干呕 干癣 干瘪 干瘦 干硬
        干爽 干冷 干热 干季 干尸 干贝 干鱼 干面 干锅 干炒 干煸 干料 干馏 饼干 葡萄干 豆干 豆腐干 肉干
        果干 风干 烘干 晒干 晾干 烤干 吹干 擦干 榨干 吸干 抽干 沥干 拧干 冻干 阴干 枯干 笋干 鱼干 虾干
        菜干 杏干 柿干 口干 半干 外强中干 唾面自干 乳臭未干 一干二净 沉没 沉默 沉淀 沉船 沉迷 沉浸 沉溺
        沉积 沉降 沉痛 沉睡 沉沦 沉闷 沉重 深沉 沉醉 沉湎 沉着 借口 借助 借机 借故 借由 凭借 反复 回复
        答复 批复 重复 复信 复电 了解 了望 明了 一目了然 了如指掌 了然 英里 海里 苏醒 复苏 项链 手链 拉链
        铁链 金链 银链 锁链 链条 仿佛 想象 计划 筹划 家具 坐标 熏陶 熏香 熏衣草 车夫 马夫 脚夫 钱锺书
        情有独锺 情有独钟 老态龙钟 着手 着重 着力 着陆 着急 着想 着眼 着装 着火 着落 着迷 着凉 执着 附着
        衣着 沉着 意味着 沿着 随着 接着 看着 朝着 伴随着 面临着 存在着 有着 活着 跟着 带着 试着 对着
        围绕着 象征着 标志着 笑着 穿着 吸着
        """
    )
)


def main() -> None:
    """Writes both tables."""
    write("regional_table.txt", "words that differ between regions", REGIONAL, regional_lines())
    write("character_table.txt", "words that old and new script write apart", CHARACTERS, character_lines())


def write(name: str, what: str, sources: tuple[str, ...], lines: Iterator[str]) -> None:
    """A table with its origin in its first lines."""
    origin = " ".join(
        f"{source}.ocd2 {sha256(path(source).read_bytes()).hexdigest()[:16]}" for source in sources
    )
    head = (
        f"# data table: {what}, folded, by scripts/make_variant_tables.py\n"
        f"# from OpenCC {opencc.__version__} (Apache-2.0, https://github.com/BYVoid/OpenCC): {origin}\n"
    )
    (ANALYSIS / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def regional_lines() -> Iterator[str]:
    """A word of the mainland and what other regions say, one group a line."""
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for source in REGIONAL:
        for mainland, regional in pairs(source):
            if _is_clear(mainland, regional):
                groups[mainland][regional] = None
    for mainland, regional in sorted(groups.items()):
        # What holds another of them is found with it.
        least = [word for word in regional if not any(other != word and other in word for other in regional)]
        yield " ".join((mainland, *least))


def _is_clear(mainland: str, regional: str) -> bool:
    """Whether the pair helps. A word inside the other finds too much, or nothing new."""
    return (
        min(len(mainland), len(regional)) > 1
        and " " not in mainland + regional
        and mainland not in regional
        and regional not in mainland
        and mainland not in NOT_THE_SAME
        and (mainland, regional) not in NOT_THE_SAME_PAIRS
    )


def character_lines() -> Iterator[str]:
    """Traditional and simplified writing of a word, one pair a line."""
    found = set(pairs("TSPhrases")) | {(old, new) for new, old in pairs("STPhrases")}
    # Taiwan writes 著 for 着 by a rule of characters, not by a list of words.
    taiwan = opencc.OpenCC("s2tw")
    found |= {(fold(taiwan.convert(new)), new) for new in CHOSEN}
    yield from sorted(f"{old} {new}" for old, new in found if new in CHOSEN and old != new)


def pairs(source: str) -> Iterator[tuple[str, str]]:
    """Folded words of a dictionary and each folded rendering that differs."""
    command = [
        WHEEL / "bin" / "opencc_dict",
        "-i",
        path(source),
        "-o",
        "/dev/stdout",
        "-f",
        "ocd2",
        "-t",
        "text",
    ]
    text = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout  # noqa: S603 - a file of the wheel
    for line in text.splitlines():
        if "\t" in line:
            word, renderings = line.split("\t")
            for rendering in renderings.split(" "):
                if fold(word) != fold(rendering):
                    yield fold(word), fold(rendering)


def path(source: str) -> Path:
    """Where the wheel has a dictionary."""
    return WHEEL / "share" / "opencc" / f"{source}.ocd2"


if __name__ == "__main__":
    main()
