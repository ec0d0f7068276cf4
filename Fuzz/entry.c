// What libFuzzer calls; FUZZ_TARGET is the function of one target.
#include <stddef.h>
#include <stdint.h>

int FUZZ_TARGET(const uint8_t *bytes, ptrdiff_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) { return FUZZ_TARGET(bytes, (ptrdiff_t)count); }
