package soban.app

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.time.Instant

class FileNameTest {
    private val at = Instant.parse("2012-11-20T12:30:00Z").toEpochMilli()

    private fun name(title: String) = fileName(title, at, "html")

    @Test
    fun `a Vietnamese title is a name without marks, with the minute in Vietnam`() {
        assertEquals(
            "Hien-dat-gop-cong-ong-Luc-Thuong-Cuong-20121120-1930.html",
            name("Hiến đất, góp công · ông Lục Thượng Cường")
        )
        assertEquals("Duong-Do-20121120-1930.html", name("Đường\u00a0Đỏ"))
        // The same letters, as another keyboard writes them.
        assertEquals("Duong-20121120-1930.html", name("Đu\u031bo\u031b\u0300ng"))
    }

    @Test
    fun `no title leads out of a folder, or is too long for a name`() {
        assertEquals("etc-passwd-20121120-1930.html", name("../../etc/passwd\u0000"))
        assertEquals("soban-20121120-1930.html", name("..\\ / 会议 <>"))
        assertEquals("x".repeat(60) + "-20121120-1930.html", name("x".repeat(300)))
        assertEquals("a-20121120-1930.html", name("a" + " ".repeat(300)))
    }
}
