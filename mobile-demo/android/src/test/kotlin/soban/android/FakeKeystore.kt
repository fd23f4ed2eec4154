package soban.android

import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/** A keystore in memory under the name of Android's, which there is none of on a JVM. */
class FakeKeystore : Provider("AndroidKeyStore", "1", "a keystore in memory") {
    init {
        put("KeyStore.AndroidKeyStore", Store::class.java.name)
        put("KeyGenerator.AES", Generator::class.java.name)
    }

    class Generator : KeyGeneratorSpi() {
        override fun engineInit(random: SecureRandom?) = Unit

        override fun engineInit(size: Int, random: SecureRandom?) = Unit

        override fun engineInit(parameters: AlgorithmParameterSpec?, random: SecureRandom?) = Unit

        override fun engineGenerateKey(): SecretKey =
            SecretKeySpec(ByteArray(16).also(SecureRandom()::nextBytes), "AES").also { key = it }
    }

    class Store : KeyStoreSpi() {
        override fun engineGetKey(alias: String, password: CharArray?): Key? = key

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

        override fun engineGetCertificate(alias: String): Certificate? = null

        override fun engineGetCreationDate(alias: String): Date? = null

        override fun engineSetKeyEntry(
            alias: String,
            key: Key,
            password: CharArray?,
            chain: Array<Certificate>?
        ) = Unit

        override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<Certificate>?) =
            Unit

        override fun engineSetCertificateEntry(alias: String, certificate: Certificate) = Unit

        override fun engineDeleteEntry(alias: String) = Unit

        override fun engineAliases(): Enumeration<String> = Collections.emptyEnumeration()

        override fun engineContainsAlias(alias: String): Boolean = key != null

        override fun engineSize(): Int = 0

        override fun engineIsKeyEntry(alias: String): Boolean = true

        override fun engineIsCertificateEntry(alias: String): Boolean = false

        override fun engineGetCertificateAlias(certificate: Certificate): String? = null

        override fun engineStore(stream: OutputStream?, password: CharArray?) = Unit

        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit
    }

    companion object {
        @Volatile private var key: SecretKey? = null

        fun install() {
            key = null
            Security.removeProvider("AndroidKeyStore")
            Security.addProvider(FakeKeystore())
        }

        /** As some phones do when their lock is changed. */
        fun empty() {
            key = null
        }
    }
}
