package soban.android

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import soban.app.Vault
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** AES-GCM under a key that Android's keystore holds and never gives out. */
class KeystoreVault : Vault {
    override fun wrap(secret: ByteArray): ByteArray = guarded {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.ENCRYPT_MODE, find() ?: generate())
        cipher.iv + cipher.doFinal(secret)
    }

    override fun unwrap(wrapped: ByteArray): ByteArray? = guarded {
        val key = find()
        if (key == null || wrapped.size <= IV_BYTES) return@guarded null
        val cipher = Cipher.getInstance(CIPHER)
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, wrapped, 0, IV_BYTES))
            cipher.doFinal(wrapped, IV_BYTES, wrapped.size - IV_BYTES)
        } catch (_: GeneralSecurityException) {
            null
        }
    }

    private fun find(): SecretKey? {
        val store = KeyStore.getInstance(STORE)
        store.load(null)
        return store.getKey(ALIAS, null) as? SecretKey
    }

    private fun generate(): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(ALIAS, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .build()
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, STORE)
        generator.init(spec)
        return generator.generateKey()
    }

    /** Some phones' keystores fail with anything. */
    private fun <T> guarded(job: () -> T): T = try {
        job()
    } catch (failure: ProviderException) {
        throw GeneralSecurityException(failure)
    } catch (failure: IOException) {
        throw GeneralSecurityException(failure)
    }

    private companion object {
        const val STORE = "AndroidKeyStore"
        const val ALIAS = "soban"
        const val CIPHER = "AES/GCM/NoPadding"
        const val IV_BYTES = 12
        const val TAG_BITS = 128
    }
}
