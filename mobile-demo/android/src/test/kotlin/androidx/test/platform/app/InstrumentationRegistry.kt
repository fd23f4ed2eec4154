package androidx.test.platform.app

import android.app.Instrumentation
import android.os.Bundle

// Here and in the files beside it: what Robolectric names of `androidx.test`, and these tests do
// not use. The real classes are not in every registry.

object InstrumentationRegistry {
    @JvmStatic
    fun registerInstance(instrumentation: Instrumentation?, arguments: Bundle?) = Unit
}
