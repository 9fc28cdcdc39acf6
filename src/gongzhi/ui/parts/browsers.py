"""Which browser on which system somebody signed in with, out of what the browser says of itself."""

#: A sign in what it says → its name; the first that fits. Most say that they are several.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("UCBrowser", "UC 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows 电脑"),
    ("Mac OS X", "Mac 电脑"),
    ("Linux", "Linux 电脑"),
)


def browser_words(said: str) -> str:
    """Chrome 浏览器，Windows 电脑; 未知的浏览器 for what nobody knows."""
    found = (next((name for sign, name in known if sign in said), "") for known in (BROWSERS, SYSTEMS))
    return "，".join(filter(None, found)) or "未知的浏览器"
