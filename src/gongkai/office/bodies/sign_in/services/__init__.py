"""Verbs of signing in. People come in and out (``door``), change what they sign in with (``passwords``, ``factors``),
see where they are signed in (``sessions``), are let in again (``locks``), or come by 统一身份认证 (``outside``)."""
