package androidx.test.internal.platform.content

interface PermissionGranter
