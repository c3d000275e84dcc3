"""What pyproject.toml cannot say: packages are found under src/, and resources/ is the package maroom.resources."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages("src"), "maroom.resources"],
    package_dir={"": "src", "maroom.resources": "resources"},
    include_package_data=False,  # the folders below resources/ are data, not packages to be found
    package_data={"maroom.resources": ["*", "**/*"]},
)
