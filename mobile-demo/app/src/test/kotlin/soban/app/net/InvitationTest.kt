package soban.app.net

import com.google.zxing.BarcodeFormat
import com.google.zxing.qrcode.QRCodeWriter
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

    /** As a camera would see it: small in a large photo, in poor light. */
    private fun photoOf(text: String): GreyPhoto {
        val (side, width, height) = Triple(140, 700, 500)
        val code = QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, side, side)
        val pixels = ByteArray(width * height) { (150 + it % width / 20).toByte() }
        for (y in 0 until side) {
            for (x in 0 until side) {
                if (code[x, y]) pixels[(y + 200) * width + x + 330] = (60 + x / 4).toByte()
            }
        }
        return GreyPhoto(width, height, pixels)
    }

    @Test
    fun `a photo of a sheet holds what its QR says`() {
        val read = Invitation.ofPhoto(photoOf("HTTPS://SOBAN.EXAMPLE.VN/ENROL#ABCDE-FGHJK"))
        assertEquals("ABCDE-FGHJK" to "https://soban.example.vn", read?.run { code to server })
    }

    @Test
    fun `a photo of anything else holds nothing`() {
        for (text in listOf(
            "https://example.vn/menu",
            "ABCDE-FGHJK",
            "http://soban.example.vn/enrol#ABCDE-FGHJK",
            "https://soban.example.vn/enrol#",
            "https://a.vn/x/enrol#ABCDE",
            "soban://enrol?code=ABCDE",
            "https://soban.example.vn/enrol#ABCDE?x=https://b.vn/enrol#FGHJK"
        )) {
            assertNull(Invitation.ofPhoto(photoOf(text)), text)
        }
        assertNull(Invitation.ofPhoto(GreyPhoto(1, 1, ByteArray(1))))
        assertNull(Invitation.ofPhoto(GreyPhoto(700, 500, ByteArray(350_000))))
    }
}
