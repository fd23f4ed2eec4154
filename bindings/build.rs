//! How the library for phones is linked: small.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let told = |name: &str| std::env::var(name).unwrap_or_default();
    // The tests' library need not be small, and other linkers do not know these words.
    if told("PROFILE") != "release" {
        return;
    }
    let relocations = match (told("CARGO_CFG_TARGET_OS"), told("CARGO_CFG_TARGET_ARCH")) {
        // Android 8 reads its own packed form.
        (os, _) if os == "android" => "-Wl,--pack-dyn-relocs=android",
        (os, arch) if os == "linux" && arch == "x86_64" => "-Wl,-z,pack-relative-relocs",
        _ => return,
    };
    // Functions that are the same for many types are kept once.
    for argument in [relocations, "-Wl,--icf=all"] {
        println!("cargo:rustc-cdylib-link-arg={argument}");
    }
}
