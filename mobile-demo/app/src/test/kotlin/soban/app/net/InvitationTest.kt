package soban.app.net

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class InvitationTest {
    @Test
    fun `a QR text holds the address and the code, in whatever case`() {
        val read = Invitation.read(" HTTPS://SOBAN.EXAMPLE.VN/ENROL#ABCDE-FGHJK\n", "ignored")
        assertEquals("ABCDE-FGHJK", read.code)
        assertEquals("https://soban.example.vn", read.server?.let(Address::read))
        val bare = Invitation.read(" ABCDE ", "https://a.vn")
        assertEquals("ABCDE" to "https://a.vn", bare.code to bare.server)
    }

    @Test
    fun `a link holds both as well`() {
        val link = "soban://enrol?server=https%3A%2F%2FSoban.Example.vn%3A8443&code=ABCDE-FGHJK"
        for (read in listOf(checkNotNull(Invitation.ofLink(link)), Invitation.read(link, null))) {
            assertEquals("ABCDE-FGHJK", read.code)
            assertEquals("https://soban.example.vn:8443", read.server)
        }
        val turned = "soban://enrol?code=ABCDE&utm=x&server=https%3A%2F%2Fa.vn"
        assertEquals("https://a.vn", Invitation.ofLink(turned)?.server)
    }

    @Test
    fun `a link that could show one thing and do another is none`() {
        val server = "server=https%3A%2F%2Fa.vn"
        for (link in listOf(
            "soban://enrol?code=ABCDE",
            "soban://enrol?$server",
            "soban://enrol?$server&code=",
            // The code would be read as a QR's text, with an address of its own.
            "soban://enrol?$server&code=https://b.vn/enrol#ABCDE",
            "soban://enrol?$server&code=https%3A%2F%2Fb.vn%2Fenrol%23ABCDE",
            "soban://enrol?$server&code=ABCDE&server=https%3A%2F%2Fb.vn",
            "soban://enrol?$server&code=ABCDE&code=FGHJK",
            "soban://enrol?server=http%3A%2F%2Fa.vn&code=ABCDE",
            "soban://enrol?server=https%3A%2F%2Fa.vn%40b.vn&code=ABCDE",
            "soban://enrol?server=https%3A%2F%2Fa.vn%2Fb&code=ABCDE",
            "soban://enrol?server=https%3A%2F%2Fm\u01b0\u1eddng.vn&code=ABCDE",
            "soban://enrol?server=%zz&code=ABCDE",
            "soban://enrol?$server&code=AB%0aCDE",
            "soban://enrol?$server&code=ABCDE&x=" + "x".repeat(500),
            "soban://other?$server&code=ABCDE",
            "https://a.vn/enrol#ABCDE",
            ""
        )) {
            assertNull(Invitation.ofLink(link), link)
        }
        assertEquals("", Invitation.read("soban://enrol?code=ABCDE", "https://a.vn").code)
    }
}
