/*
 * A disk that fails when it is told to: loaded before the C library of a server under test (LD_PRELOAD), it counts what the
 * server writes and syncs below one directory and makes the calls fail that the test chose. The test and this file share the
 * page `FAULT_CONTROL`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The page that is shared; the order of the fields is that of `fault.rs`. */
struct control {
    volatile uint64_t writes;   /* calls that write, so far */
    volatile uint64_t syncs;    /* calls that sync, so far */
    volatile uint64_t first;    /* the first call that fails, counted from one; none when zero */
    volatile uint64_t last;     /* the last one */
    volatile uint64_t kind;     /* 1: calls that write; 2: calls that sync; 3: both */
    volatile uint64_t error;    /* the errno */
    volatile uint64_t shortened; /* whether half of a failing write is done first */
    volatile uint64_t injected; /* how many failed */
};

static struct control *control;
static char root[1024];
static size_t root_length;

__attribute__((constructor)) static void begin(void)
{
    const char *page = getenv("FAULT_CONTROL"), *below = getenv("FAULT_BELOW");
    if (!page || !below || strlen(below) >= sizeof root)
        return;
    int fd = open(page, O_RDWR);
    if (fd < 0)
        abort();
    void *mapped = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED)
        abort();
    close(fd);
    strcpy(root, below);
    root_length = strlen(root);
    control = mapped;
}

static int concerns(int fd)
{
    char link[64], path[2048];
    static const char digits[] = "/proc/self/fd/";
    char number[16];
    int at = sizeof number - 1;
    if (!control || fd < 0)
        return 0;
    number[at] = 0;
    do
        number[--at] = (char)('0' + fd % 10);
    while ((fd /= 10) && at);
    strcpy(link, digits);
    strcat(link, number + at);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < (ssize_t)root_length)
        return 0;
    path[length] = 0;
    return !strncmp(path, root, root_length) && !strstr(path, ".log");
}

/* Whether this call is to fail. */
static int fails(volatile uint64_t *counter, uint64_t kind)
{
    uint64_t all = __atomic_add_fetch(counter, 1, __ATOMIC_SEQ_CST);
    if (control->kind == 3)
        all = control->writes + control->syncs;
    if (!(control->kind & kind) || !control->first || all < control->first || all > control->last)
        return 0;
    __atomic_add_fetch(&control->injected, 1, __ATOMIC_SEQ_CST);
    return 1;
}

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) \
        real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name);

/* Half of it is written where the test asks for that; the rest of the loop meets the error at the next call. */
#define WRITES(half) \
    if (concerns(fd) && fails(&control->writes, 1)) { \
        if (control->shortened && count > 1) { \
            __atomic_add_fetch(&control->last, 1, __ATOMIC_SEQ_CST); \
            control->shortened = 0; \
            return half; \
        } \
        errno = (int)control->error; \
        return -1; \
    }

ssize_t write(int fd, const void *bytes, size_t count)
{
    REAL(ssize_t, "write", int, const void *, size_t)
    WRITES(real(fd, bytes, count / 2))
    return real(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)
    WRITES(real(fd, bytes, count / 2, at))
    return real(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t)
    WRITES(real(fd, bytes, count / 2, at))
    return real(fd, bytes, count, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    REAL(ssize_t, "writev", int, const struct iovec *, int)
    WRITES(real(fd, parts, count / 2))
    return real(fd, parts, count);
}

#define SYNCS \
    if (concerns(fd) && fails(&control->syncs, 2)) { \
        errno = (int)control->error; \
        return -1; \
    }

int fsync(int fd)
{
    REAL(int, "fsync", int)
    SYNCS
    return real(fd);
}

int fdatasync(int fd)
{
    REAL(int, "fdatasync", int)
    SYNCS
    return real(fd);
}

int ftruncate(int fd, off_t length)
{
    REAL(int, "ftruncate", int, off_t)
    if (concerns(fd) && fails(&control->writes, 1)) {
        errno = (int)control->error;
        return -1;
    }
    return real(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    REAL(int, "ftruncate64", int, off64_t)
    if (concerns(fd) && fails(&control->writes, 1)) {
        errno = (int)control->error;
        return -1;
    }
    return real(fd, length);
}
