package soban.app

import java.io.IOException
import java.security.GeneralSecurityException
import java.security.SecureRandom

/**
 * Notes for support whether the folder is still on the phone that made it. A copied folder is two
 * phones of one name: records survive that, but somebody should know.
 */
internal class Seal(
    private val host: Host,
    private val settings: Settings,
    private val log: RingLog
) {
    fun check() {
        val found = try {
            look()
        } catch (failure: GeneralSecurityException) {
            "the keystore fails: ${failure.javaClass.simpleName}"
        } catch (failure: IOException) {
            "the folder fails: ${failure.javaClass.simpleName}"
        }
        log.add("seal: $found")
    }

    private fun look(): String {
        val wrapped = settings.seal
        if (wrapped != null && host.vault.unwrap(wrapped) != null) return "of this phone"
        val secret = ByteArray(SECRET_BYTES).also(SecureRandom()::nextBytes)
        settings.seal = host.vault.wrap(secret)
        return if (wrapped == null) "new" else "of another phone, or its keystore was emptied"
    }

    private companion object {
        const val SECRET_BYTES = 16
    }
}
