package soban.android

import org.junit.Assert.assertEquals
import org.junit.Test
import java.io.File

/** The package is built from one file, and what is tested here from others: they must say the same. */
class BuildFilesTest {
    private val gradle = File("build.gradle.kts").readText()
    private val manifest = File("src/main/AndroidManifest.xml").readText()
    private val poms = File("../pom.xml").readText()

    private fun String.all(pattern: String) =
        Regex(pattern).findAll(this).map { it.groupValues[1] }.toList()

    private fun String.one(pattern: String): String {
        val found = all(pattern)
        assertEquals("how often “$pattern” is there", 1, found.size)
        return found.first()
    }

    private fun assertSame(what: String, vararg said: Pair<String, String>) {
        val by = said.joinToString { (file, value) -> "$file has $value" }
        assertEquals("$what: $by", 1, said.map { it.second }.toSet().size)
    }

    @Test
    fun `Android's versions are the same wherever they are named`() {
        assertSame(
            "the oldest Android",
            "build.gradle.kts" to gradle.one("""minSdk = (\d+)"""),
            "cargo-ndk in it" to gradle.one(""""--platform", "(\d+)""""),
            "AndroidManifest.xml" to manifest.one("""android:minSdkVersion="(\d+)""""),
            "the signature in pom.xml" to poms.one("""gummy-bears-api-(\d+)""")
        )
        assertSame(
            "the newest Android",
            "build.gradle.kts" to gradle.one("""targetSdk = (\d+)"""),
            "compileSdk in it" to gradle.one("""compileSdk = (\d+)"""),
            "AndroidManifest.xml" to manifest.one("""android:targetSdkVersion="(\d+)"""")
        )
    }

    @Test
    fun `the package's name and version are the same wherever they are named`() {
        assertSame(
            "the package",
            "build.gradle.kts" to gradle.one("""applicationId = "([^"]+)""""),
            "the namespace in it" to gradle.one("""namespace = "([^"]+)""""),
            "AndroidManifest.xml" to manifest.one("""package="([^"]+)"""")
        )
        assertSame(
            "versionName",
            "build.gradle.kts" to gradle.one("""versionName = "([^"]+)""""),
            "the app's jar in it" to gradle.one("""target/app-([^"]+)\.jar"""),
            "AndroidManifest.xml" to manifest.one("""android:versionName="([^"]+)""""),
            "pom.xml" to poms.one("""<artifactId>mobile-demo</artifactId>\s*<version>([^<]+)<""")
        )
        assertSame(
            "versionCode",
            "build.gradle.kts" to gradle.one("""versionCode = (\d+)"""),
            "AndroidManifest.xml" to manifest.one("""android:versionCode="(\d+)"""")
        )
    }

    @Test
    fun `the libraries are of the same versions and for the same kinds of phones`() {
        for ((library, pattern) in listOf(
            "jna" to """net\.java\.dev\.jna:jna:([^@"]+)@aar""",
            "zxing" to """com\.google\.zxing:core:([^"]+)"""",
            "serialization" to """kotlinx-serialization-json-jvm:([^"]+)"""",
            "kotlin" to """kotlin\("android"\) version "([^"]+)""""
        )) {
            assertSame(
                library,
                "build.gradle.kts" to gradle.one(pattern),
                "pom.xml" to poms.one("""<$library\.version>([^<]+)<""")
            )
        }
        val packed = gradle.one("""abiFilters \+= listOf\(([^)]+)\)""").all(""""([^"]+)"""")
        assertSame(
            "kinds of phones",
            "abiFilters" to "$packed",
            "cargo-ndk" to "${gradle.all(""""-t", "([^"]+)"""")}"
        )
    }
}
