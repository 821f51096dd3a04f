// argv → command.
#include <cstdio>

int main() {
    std::puts("outflow " OUTFLOW_VERSION);
    return 0;
}
