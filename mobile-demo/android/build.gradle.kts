// Makes the package, on a machine with the Android SDK, its NDK (r27 or newer) and cargo-ndk:
//
//   rustup target add armv7-linux-androideabi aarch64-linux-android
//   cargo install --locked cargo-ndk
//   mobile-demo/run --build-only        # the screens, the bindings' Kotlin and the app's jar
//   cd mobile-demo/android && gradle assembleRelease
//
// It was not run where it was written: pom.xml beside it compiles and runs the same sources there.

plugins {
    id("com.android.application") version "8.13.0"
    kotlin("android") version "2.4.10"
}

val workspace = rootDir.resolve("../..")
val libraries = layout.buildDirectory.dir("rust")

android {
    namespace = "soban.android"
    compileSdk = 34
    ndkVersion = "27.2.12479018"

    defaultConfig {
        applicationId = "soban.android"
        minSdk = 26
        targetSdk = 34
        versionCode = 1
        versionName = "0.1.0"
        // Phones of 2 GB are of both kinds.
        ndk { abiFilters += listOf("armeabi-v7a", "arm64-v8a") }
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "keep.pro")
        }
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    sourceSets["main"].apply {
        kotlin.srcDir("src/main/kotlin")
        jniLibs.srcDir(libraries)
        assets.srcDir(layout.buildDirectory.dir("page-assets"))
    }

    packaging {
        // Loaded from the package as it lies there, which 16 KiB pages need aligned.
        jniLibs { useLegacyPackaging = false }
        resources { excludes += "META-INF/**" }
    }
}

kotlin { jvmToolchain(17) }

dependencies {
    implementation(files("../app/target/app-0.1.0.jar"))
    implementation("org.jetbrains.kotlinx:kotlinx-serialization-json-jvm:1.12.0")
    implementation("com.google.zxing:core:3.5.4")
    // With its native part for each kind of phone.
    implementation("net.java.dev.jna:jna:5.18.1@aar")
}

// .cargo/config.toml has the linker's settings for 16 KiB pages.
val cargoNdk by tasks.registering(Exec::class) {
    workingDir = workspace
    commandLine(
        "cargo", "ndk", "--platform", "26", "-t", "armeabi-v7a", "-t", "arm64-v8a",
        "-o", libraries.get().asFile.path,
        "build", "--locked", "--config", "bindings/mobile.toml", "--profile", "mobile",
        "-p", "soban-bindings", "--features", "phone"
    )
}

/** A library for 4 KiB pages would be found out by its users, on Android 15. */
val checkPages by tasks.registering(Exec::class) {
    dependsOn(cargoNdk)
    val library = libraries.map { it.file("arm64-v8a/libsoban_bindings.so").asFile.path }
    commandLine(
        "sh", "-c",
        "readelf -lW \"$0\" | awk '/LOAD/ && \$NF != \"0x4000\" { bad = 1 } END { exit bad }'",
        library.get()
    )
}

val pageAssets by tasks.registering(Copy::class) {
    from("../ui/dist")
    into(layout.buildDirectory.dir("page-assets/page"))
}

tasks.named("preBuild") { dependsOn(checkPages, pageAssets) }
