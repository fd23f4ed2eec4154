package soban.android

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.graphics.Color
import android.graphics.Typeface
import android.net.Uri
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.Button
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView

/**
 * What stands on the screen where the phone cannot show the page: what to do, and that nothing is
 * lost. In both languages, since what the holder reads is known to the page alone.
 */
internal fun outdated(context: Context): View {
    val lines = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }
    val edge = (EDGE_DP * context.resources.displayMetrics.density).toInt()
    lines.setPadding(edge, edge, edge, edge)
    for (words in listOf(VIETNAMESE, ENGLISH)) {
        lines.addView(text(context, words.title).apply { setTypeface(typeface, Typeface.BOLD) })
        for (line in words.lines) lines.addView(text(context, line))
        lines.addView(button(context, words))
    }
    return ScrollView(context).apply { addView(lines) }
}

private fun text(context: Context, words: String) = TextView(context).apply {
    text = words
    textSize = TEXT_SP
    setTextColor(INK)
    setPadding(0, 0, 0, (GAP_DP * resources.displayMetrics.density).toInt())
}

private fun button(context: Context, words: Words) = Button(context).apply {
    text = words.open
    textSize = TEXT_SP
    isAllCaps = false
    layoutParams = LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply {
        bottomMargin = (EDGE_DP * resources.displayMetrics.density).toInt()
    }
    setOnClickListener {
        try {
            context.startActivity(store())
        } catch (_: ActivityNotFoundException) {
            text = words.noStore
            isEnabled = false
        }
    }
}

private fun store() =
    Intent(Intent.ACTION_VIEW, Uri.parse("market://details?id=${Viewer.packageName()}"))

private class Words(
    val title: String,
    val lines: List<String>,
    val open: String,
    val noStore: String
)

private const val EDGE_DP = 18
private const val GAP_DP = 12
private const val TEXT_SP = 18f
private val INK = Color.rgb(0x1d, 0x24, 0x33)

private val VIETNAMESE = Words(
    "Máy cần cập nhật thì mới mở được sổ",
    listOf(
        "Sổ vẫn còn nguyên trong máy, không mất gì. Đừng gỡ ứng dụng Sổ Bản.",
        "Phần “Android System WebView” của máy này đã quá cũ, hoặc đang thiếu.",
        "Khi có mạng, mở CH Play, tìm “Android System WebView”, bấm “Cập nhật”, rồi mở lại Sổ " +
            "Bản. Nếu vẫn chưa được thì cập nhật cả “Chrome”."
    ),
    "Mở CH Play",
    "Máy này không có CH Play, hãy hỏi huyện"
)

private val ENGLISH = Words(
    "The phone must be updated before the book opens",
    listOf(
        "The book is whole on this phone and nothing is lost. Do not remove the app Sổ Bản.",
        "This phone's “Android System WebView” is too old, or is missing.",
        "With a signal, open the Play Store, find “Android System WebView”, press “Update”, then " +
            "open Sổ Bản again. If that is not enough, update “Chrome” as well."
    ),
    "Open the Play Store",
    "There is no Play Store here: ask the district"
)
