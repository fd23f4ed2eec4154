package androidx.test.platform.ui

interface UiController

class InjectEventSecurityException : Exception()
