package soban.android

private const val FIRST_PRINTED = ' '
private const val LAST_ASCII = '~'

/** A text as a literal of JavaScript: nothing but printable ASCII, and no way out of the quotes. */
internal fun quoteScript(text: String): String = buildString(text.length + 2) {
    append('"')
    for (char in text) {
        when {
            char == '"' || char == '\\' -> append('\\').append(char)
            char == '<' || char == '>' || char == '&' || char == '\'' -> appendCode(char)
            char in FIRST_PRINTED..LAST_ASCII -> append(char)
            else -> appendCode(char)
        }
    }
    append('"')
}

private fun StringBuilder.appendCode(char: Char) {
    append("\\u").append(char.code.toString(radix = 16).padStart(4, '0'))
}
