package soban.app.testing

import java.io.File

/** The names in `contract.ts` and `failure.ts`: what interfaces hold, and the bridge's methods. */
class Contract {
    private val text = folder().run {
        File(this, "contract.ts").readText() + File(this, "failure.ts").readText()
    }

    val methods: Set<String> =
        Regex("(?m)^ {2}(\\w+)\\(").findAll(body("Bridge")).map { it.groupValues[1] }.toSet()

    fun members(type: String): Set<String> {
        val own = Regex("(?m)^ {2}(\\w+)\\??:").findAll(body(type)).map { it.groupValues[1] }
        val parent = Regex("interface $type extends (\\w+)").find(text)?.groupValues?.get(1)
        return own.toSet() + (parent?.let(::members) ?: emptySet())
    }

    /** The texts that a member may be, `'a' | 'b'`. */
    fun texts(type: String, member: String): Set<String> {
        val line = body(type).lines().first { it.startsWith("  $member: '") }
        return Regex("'(\\w+)'").findAll(line).map { it.groupValues[1] }.toSet()
    }

    private fun body(type: String): String {
        val start = Regex("export interface $type\\b").find(text)
        checkNotNull(start) { "the contract has no $type" }
        return text.substring(start.range.last).substringBefore("\n}")
    }

    private fun folder(): File {
        val above = generateSequence(File("").absoluteFile) { it.parentFile }
        val found = above.map { File(it, "ui/src/bridge") }.firstOrNull(File::exists)
        return checkNotNull(found) { "there is no contract above ${File("").absolutePath}" }
    }
}
