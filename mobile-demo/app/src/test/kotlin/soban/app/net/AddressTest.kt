package soban.app.net

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class AddressTest {
    @Test
    fun `an address is a scheme and a host, and only this machine goes without TLS`() {
        for ((typed, kept) in listOf(
            "https://soban.example.vn" to "https://soban.example.vn",
            " https://Soban.Example.vn/ " to "https://soban.example.vn",
            "HTTPS://SOBAN.EXAMPLE.VN:8443" to "https://soban.example.vn:8443",
            "soban.example.vn" to "https://soban.example.vn",
            "http://127.0.0.1:8321" to "http://127.0.0.1:8321",
            "127.0.0.1:8321" to "http://127.0.0.1:8321",
            "localhost:8321" to "http://localhost:8321",
            "http://[::1]:8321" to "http://[::1]:8321"
        )) {
            assertEquals(kept, Address.read(typed), typed)
        }
    }

    @Test
    fun `what is no address of a district is none`() {
        for (typed in listOf(
            "", "http://", "http://soban.example.vn", "ftp://soban.example.vn",
            "https://u@soban.example.vn", "https://soban.example.vn/a",
            "https://soban.example.vn?a", "https://soban.example.vn#a", "https://a b",
            "http://127.0.0.1.example.vn", "http://localhost@example.vn", "https://a:99999",
            "javascript:alert(1)", "file:///etc"
        )) {
            assertNull(Address.read(typed), typed)
        }
    }
}
