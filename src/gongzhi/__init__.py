"""Gongzhi 共治: the platform on which a city governs the service of its residential estates."""
