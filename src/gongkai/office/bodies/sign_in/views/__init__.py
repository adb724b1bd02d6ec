"""Pages of signing in: people's own (``own``, ``factors``, ``sessions``), by 统一身份认证 (``outside``), and the
administrators' (``people``, ``links``). Pages of the library are wrapped in ``urls``."""
